import type { Brand } from '#main/target/parse-destination.ts'
import type { Destination, Transfer } from '#shared/model/transfer.ts'

/** Sends a person on to their own tenant. */
const WEB: Readonly<Record<Brand, string>> = {
  feishu: 'https://www.feishu.cn',
  lark: 'https://www.larksuite.com',
}

/** The page of an uploaded file; media have none of their own. */
export function fileLink({ state, destination }: Transfer, brand: Brand): string | null {
  if (state.kind !== 'done' || destination.kind !== 'folder') return null
  return `${WEB[brand]}/file/${encodeURIComponent(state.fileToken)}`
}

export function destinationLink(destination: Destination, brand: Brand): string | null {
  if (destination.kind !== 'folder') return null
  return `${WEB[brand]}/drive/folder/${encodeURIComponent(destination.folderToken)}`
}
