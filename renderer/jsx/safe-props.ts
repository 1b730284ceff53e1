import { Fragment } from 'react'
import { safeText } from '#shared/text/safe-text.ts'

/** Attributes that are shown or read out. Edited text (`value`) and addresses stay as they are. */
const SHOWN = /^(aria-|title$|alt$|placeholder$)/

/**
 * Returns an element's props with every text in them made safe: another person's name must not look
 * like a different one. Components pass their text on; it is made safe where it becomes part of the
 * page.
 */
export function safeProps(type: unknown, props: unknown): unknown {
  if (typeof type !== 'string' && type !== Fragment) return props
  const entries = Object.entries(props as Readonly<Record<string, unknown>>)
  return Object.fromEntries(entries.map(([name, value]) => [name, safeProp(type, name, value)]))
}

function safeProp(type: unknown, name: string, value: unknown): unknown {
  if (name === 'children') {
    return Array.isArray(value) ? value.map((each) => shown(type, each)) : shown(type, value)
  }
  return typeof value === 'string' && SHOWN.test(name) ? safeText(value) : value
}

/** The lines of preformatted text are its own. */
function shown(type: unknown, child: unknown): unknown {
  if (typeof child !== 'string') return child
  return type === 'pre' ? child.split('\n').map(safeText).join('\n') : safeText(child)
}
