/** Figures and times as pages write them; the tray and notifications write them the same way. */
export * from '#shared/words/format.ts'
