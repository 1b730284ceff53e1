/** The calls that read and make Drive folders. */
import { z } from 'zod'
import { CREATE_FOLDER, LIST_FOLDER, READ_FILE } from '#main/engine/endpoints.ts'
import type { FeishuApi } from '#main/engine/ports.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import { createdFolderAnswer, folderPageAnswer } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'

/** The largest page Feishu allows; one more is 1064001. */
const PAGE_SIZE = '200'

/** The calls of `FeishuApi` for folders and what is in them. */
export function folderCalls(
  call: MakeCall,
): Pick<FeishuApi, 'listFolder' | 'createFolder' | 'readFile'> {
  return {
    listFolder: ({ folderToken, pageToken }, options) =>
      call(
        {
          method: 'GET',
          endpoint: LIST_FOLDER.path,
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
    readFile: async ({ fileToken, start, sizeBytes }, options) =>
      call(
        {
          method: 'GET',
          endpoint: READ_FILE.path,
          params: { file_token: fileToken },
          at: 'data',
          range: [start, start + sizeBytes - 1],
          // Whatever is no part of a file is no evidence: a portal's page, or the whole of it.
          schema: z.never(),
          partial: (body) => body,
        },
        options,
      ),
    createFolder: ({ parentToken, name }, options) =>
      call(
        {
          method: 'POST',
          endpoint: CREATE_FOLDER.path,
          at: 'data',
          json: { name: remoteName(name), folder_token: parentToken },
          schema: createdFolderAnswer,
        },
        options,
      ),
  }
}
