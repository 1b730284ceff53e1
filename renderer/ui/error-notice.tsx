import { Icon } from './icon.tsx'

/** Says in a box that something went wrong, and what helps; shows nothing without a text. */
export function ErrorNotice({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null
  return (
    <div className="notice bad" role="alert">
      <Icon name="alert" />
      <p>{text}</p>
    </div>
  )
}
