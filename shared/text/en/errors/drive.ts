export const drive = {
  1061022: {
    message: 'The file was changed in Feishu at the same time, so the versions conflict.',
    remedy: 'No action needed: Feidi checks and retries automatically.',
    finalRemedy: 'Look at the file in Feishu and retry when the other change is finished.',
  },
  1061500: {
    message: 'The place to upload to is no longer available.',
    remedy:
      'Open the destination in Feishu, make sure it still exists and can be edited, then paste its link again.',
  },
  1064230: {
    message: "Your organization's Feishu data is being migrated, so uploads are locked for now.",
    remedy: 'Ask your Feishu admin when the migration ends and retry then. The queue is kept.',
  },
  1064001: {
    message: 'Feishu did not accept the request to list the folder.',
    remedy:
      'Update Feidi to the latest version and retry. If it still does not work, give the log ID to Feishu support.',
  },
  1064510: {
    message: 'The destination belongs to another organization, which Feishu does not support.',
    remedy:
      "Choose a destination in the current account's organization, or use an account of the other one.",
  },
  1064511: {
    message:
      'The destination and the account are on different sides of Feishu and Lark, which cannot be combined.',
    remedy:
      'Check the host of the link: feishu.cn needs a Feishu account, larksuite.com a Lark account. Then use the matching account or destination.',
  },
  1062501: {
    message: 'The current account may not work on this file or folder.',
    remedy: 'Ask its owner to give you "Can edit" or "Can manage" under "Share", then retry.',
  },
  1062502: {
    message: 'The current account may not work on some of what is in the folder.',
    remedy:
      'Ask the owners of those items to give you "Can edit" or "Can manage" under "Share", then retry.',
  },
  1062524: {
    message: 'The current account does not have edit access to the original folder.',
    remedy:
      'Ask the owner of the original folder to give you "Can edit" under "Share", then retry.',
  },
  1062535: {
    message: 'The current account does not have edit access to the destination folder.',
    remedy:
      'Ask the owner of the destination folder to give you "Can edit" under "Share" and retry, or choose another folder.',
  },
  1065200: {
    message: 'Feishu cannot find the file to work on at the moment.',
    remedy:
      'No action needed: new items may take some seconds to show up, and Feidi retries automatically.',
    finalRemedy: 'Make sure in Feishu that the file was not deleted or moved, then retry.',
  },
  91204: {
    message: 'The current account may not open "My Space" in Feishu.',
    remedy:
      'Choose a certain folder as the destination. To use "My Space", ask the app owner to add drive:drive.metadata:readonly under "Permissions & Scopes" in the Feishu developer console, then sign in again.',
  },
  91201: {
    message: 'Feishu cannot open "My Space" at the moment.',
    remedy: 'No action needed: Feidi retries automatically.',
  },
}
