/** Chinese has one form for every count: `_one` and `_other` of the English words share one here. */
export type Words<English> = {
  readonly [Key in keyof English as Key extends `${infer Stem}_one` ? `${Stem}_other` : Key]: string
}
