/** Pages of the developer console, for what only an app's owner can do. */
import { API_URLS, type Brand } from '../model/account.ts'

/** Returns the page that lists the apps of a person, and where one is created. */
export function consolePage(brand: Brand): string {
  return `${API_URLS[brand]}/app`
}

/** Returns the page where an app's owner adds scopes. */
export function permissionsPage(brand: Brand, appId: string, scopes: readonly string[]): string {
  const query = `q=${encodeURIComponent(scopes.join(','))}&op_from=openapi`
  return `${consolePage(brand)}/${appId}/auth?${query}`
}
