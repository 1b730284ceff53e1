/** Links as the Feishu client shows them. */

/** The base URL of the simulated tenant's links. */
const TENANT_URL = 'https://demo.feishu.cn'

const PATHS: Readonly<Record<string, string>> = {
  folder: 'drive/folder',
  sheet: 'sheets',
  bitable: 'base',
}

/** The link of a folder, file, document or wiki node. */
export function linkOf(type: string, token: string): string {
  return `${TENANT_URL}/${PATHS[type] ?? type}/${token}`
}
