/** Forms of a text by the number in `count`, as `Intl.PluralRules` names them. */
export type PluralForms = { readonly other: string } & {
  readonly [Form in Intl.LDMLPluralRule]?: string
}

/**
 * A section of texts in another language than English: the same keys. A language without plural forms
 * says a counted text in one way.
 */
export type Words<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : string | PluralForms
}

/** Wording of an error. `[…{seconds}…]` is a passage that is dropped when its value is unknown. */
export interface Wording {
  /** A sentence about what happened, without the code. */
  readonly message: string
  /** The way to resolve it, in one or two sentences. */
  readonly remedy: string
  /** The remedy once Feidi has stopped trying, where `remedy` says that it tries by itself. */
  readonly finalRemedy?: string
}

/** The errors of English in another language. */
export type Wordings<English> = {
  readonly [Code in keyof English]: { readonly [Part in keyof English[Code]]: string }
}

/** Names of the `{holes}` in a text. */
type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never

/** Names of the holes outside of `[optional passages]`. */
type NeededHoles<Text extends string> = Text extends `${infer Before}[${string}]${infer After}`
  ? Holes<Before> | NeededHoles<After>
  : Holes<Text>

type Value = string | number

/** Values that a text asks for. Counted texts take a number, `count`, which chooses the form. */
export type ValuesOf<Text> = Text extends string
  ? { readonly [Hole in NeededHoles<Text>]: Value } & {
      readonly [Hole in Holes<Text>]?: Value | undefined
    }
  : Text extends { readonly other: infer Other extends string }
    ? { readonly [Hole in Exclude<Holes<Other>, 'count'>]: Value } & { readonly count: number }
    : never
