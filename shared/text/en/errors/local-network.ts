export const localNetwork = {
  'dns-failed': {
    message: 'The network address of the Feishu server could not be found.',
    remedy: 'No action needed: Feidi continues automatically when the network is back.',
    finalRemedy:
      'Check that this computer is online and that its DNS and proxy settings are right, then retry.',
  },
  'connection-refused': {
    message: 'The Feishu server could not be reached.',
    remedy: 'No action needed: Feidi continues automatically when the server can be reached.',
    finalRemedy:
      'Check the network, firewall and proxy settings and make sure open.feishu.cn or open.larksuite.com can be opened, then retry.',
  },
  'connection-lost': {
    message: 'The connection to Feishu was lost.',
    remedy: 'No action needed: Feidi resumes where it stopped when the network is back.',
    finalRemedy: 'Check that the network is stable, then retry.',
  },
  'idle-timeout': {
    message: 'Feishu did not respond for a long time.',
    remedy: 'No action needed: Feidi retries and resumes where it stopped.',
    finalRemedy:
      'Check that the network is stable and that a proxy, if any, allows long uploads, then retry.',
  },
  'tls-untrusted': {
    message:
      'The server could not be verified as Feishu because its security certificate is not trusted.',
    remedy:
      "Check this computer's date and time, and sign in to the public network if there is one. If your company inspects encrypted traffic, ask IT to add its root certificate to the system's certificate store, or set its file in Feidi's network settings. Then retry.",
  },
  'proxy-refused': {
    message: 'The proxy server refused the connection.',
    remedy:
      "Check the proxy's address, user name and password, and ask your network admin to allow open.feishu.cn or open.larksuite.com, then retry.",
  },
  'bad-response': {
    message: 'The answer was incomplete or did not come from Feishu.',
    remedy: 'No action needed: Feidi checks the outcome and retries automatically.',
    finalRemedy:
      'On a public network, sign in to it in a browser first. With a proxy, make sure it does not change the answers from Feishu, then retry.',
  },
  'http-error': {
    message: 'The Feishu server or a gateway on the way cannot handle requests at the moment.',
    remedy: 'No action needed: Feidi checks the outcome and retries automatically.',
  },
  'connection-metered': {
    message: 'The connection is metered, so uploads are paused.',
    remedy: 'They resume on another network. To upload here as well, start with --use-metered.',
  },
}
