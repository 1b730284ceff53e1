export const localRule = {
  'rule-unknown': {
    message: 'There is no such watch rule[: {detail}].',
    remedy: 'It may have been removed. All rules are under Folders, or in feidi rules list.',
  },
  'rule-exists': {
    message: 'A rule already watches this folder for the same destination[: {detail}].',
    remedy: 'There is no need for a second one. To change how it works, edit that rule.',
  },
  'rule-overlaps': {
    message:
      'This folder overlaps with that of another rule, so files would be uploaded twice[: {detail}].',
    remedy: 'Choose folders that do not overlap, or remove the other rule first.',
  },
  'rule-folder-missing': {
    message: 'The folder to watch does not exist or is not a folder[: {detail}].',
    remedy: 'Check the path. If it is on a removable drive, connect the drive first.',
  },
  'rule-folder-is-file': {
    message: 'This is a file, not a folder[: {detail}].',
    remedy: 'Choose the folder that it is in, or upload the file itself.',
  },
  'rule-folder-forbidden': {
    message: 'Feidi is not allowed to read this folder[: {detail}].',
    remedy: 'Allow your user to read the folder in its properties, then retry.',
  },
  'rule-folder-replaced': {
    message: 'The watched folder leads elsewhere now[: {detail}].',
    remedy: 'If that is what you want, confirm the folder; otherwise put it back as it was.',
  },
  'rule-folder-is-disk': {
    message: 'This is a whole disk, which cannot be watched[: {detail}].',
    remedy: 'Choose a folder on the disk that holds only the files to upload.',
  },
  'rule-folder-holds-home': {
    message:
      'This folder overlaps with the data folder of Feidi, which changes all the time[: {detail}].',
    remedy: 'Choose another folder, or put the data folder somewhere else with --home.',
  },
  'rule-folder-is-personal': {
    message:
      'This is a whole home folder, which does not go to a shared place unless allowed[: {detail}].',
    remedy:
      'Choose the folders in it that are meant to be uploaded, or allow sensitive files (--allow-sensitive on the command line).',
  },
  'rule-on-network': {
    message:
      'This folder is on a network drive, which does not report what other computers change[ ({detail})].',
    remedy: 'In the rule, set "Detect changes" to "Check every 30 s" (--poll on the command line).',
  },
  'copy-vanished': {
    message:
      'This file is no longer in its folder in Feishu: it was deleted there, or moved[: {detail}].',
    remedy:
      'If that was meant, no action is needed. To upload it again, set "When an uploaded file is no longer in Feishu" in the rule to "Upload it again". On the command line, use --on-vanished again, or feidi forget for this file only.',
  },
  'follow-changed-there': {
    message:
      'Someone has changed, renamed, moved or deleted this in Feishu, so Feidi leaves it as it is there[: {detail}].',
    remedy:
      'Compare the two, and make the change in Feishu yourself if it is still wanted. "Approve" in the rule, or feidi rules approve, lets Feidi try again.',
  },
  'follow-needs-folder': {
    message: 'Only a rule that uploads to a folder in Drive can follow[: {detail}].',
    remedy: 'Choose a Drive folder as the destination, or turn following off.',
  },
  'follow-limit': {
    message:
      'Many files were deleted, renamed or replaced here within 24 hours, so Feidi does not follow in Feishu yet[: {detail}].',
    remedy:
      'Look at the list in the rule, or with feidi rules show. If it is right, choose "Approve" or run feidi rules approve. If not, put the files back, or turn following off.',
  },
  'follow-folder-changed': {
    message:
      'The watched folder, or a drive in it, is not the one it was, so Feidi does not follow in Feishu[: {detail}].',
    remedy:
      'Connect the drive again. If the change is meant, choose "Approve" in the rule or run feidi rules approve: what is missing here now then stays in Feishu.',
  },
  'no-rules': {
    message: 'No watch rule is active.',
    remedy:
      'Watch a folder with feidi watch, the folder and --to, or activate a rule with feidi rules resume.',
  },
}
