/**
 * The target JSX is compiled to: React's own with all text made safe, so no screen can forget it.
 */
import { jsx as reactJsx, jsxs as reactJsxs } from 'react/jsx-runtime'
import { safeProps } from './safe-props.ts'

export { Fragment, type JSX } from 'react/jsx-runtime'

export const jsx: typeof reactJsx = (type, props, key) =>
  reactJsx(type, safeProps(type, props), key)
export const jsxs: typeof reactJsxs = (type, props, key) =>
  reactJsxs(type, safeProps(type, props), key)
