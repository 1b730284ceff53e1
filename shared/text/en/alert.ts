/** Messages to people who do not sit in front of Feidi. None names a file. */
export const alert = {
  trouble: 'Feidi on {host}: {words}',
  attention: 'Feidi on {host}: {words}.',
  test: 'Feidi on {host}: this is a test message.',
  'no-account': 'No account is signed in, so nothing is uploaded.',
  'account-blocked': 'An account cannot upload.',
  stopped: 'Uploading has stopped.',
  offline: 'Feishu cannot be reached.',
  'folder-unreachable': 'A watched folder cannot be read.',
  'nothing-uploaded': 'No file was uploaded for as long as you have set.',
}
