/** The same as `jsx-runtime.ts` where React is to say what it finds wrong. */
import { jsxDEV as reactJsx } from 'react/jsx-dev-runtime'
import { safeProps } from './safe-props.ts'

export { Fragment, type JSX } from 'react/jsx-dev-runtime'

export const jsxDEV: typeof reactJsx = (type, props, ...more) =>
  reactJsx(type, safeProps(type, props), ...more)
