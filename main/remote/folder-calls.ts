/** The calls that read and make Drive folders. */
import type { FeishuApi } from '#main/engine/ports.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import { createdFolderAnswer, folderPageAnswer } from './answers.ts'
import type { MakeCall } from './call.ts'

/** The largest page Feishu allows; one more is 1064001. */
const PAGE_SIZE = '200'

/** The calls of `FeishuApi` for folders. */
export function folderCalls(call: MakeCall): Pick<FeishuApi, 'listFolder' | 'createFolder'> {
  return {
    listFolder: ({ folderToken, pageToken }, options) =>
      call(
        {
          method: 'GET',
          endpoint: 'drive/v1/files',
          at: 'data',
          // The root comes whole and knows no pages.
          query:
            folderToken === ''
              ? {}
              : { folder_token: folderToken, page_size: PAGE_SIZE, page_token: pageToken },
          schema: folderPageAnswer,
        },
        options,
      ),
    createFolder: ({ parentToken, name }, options) =>
      call(
        {
          method: 'POST',
          endpoint: 'drive/v1/files/create_folder',
          at: 'data',
          json: { name: remoteName(name), folder_token: parentToken },
          schema: createdFolderAnswer,
        },
        options,
      ),
  }
}
