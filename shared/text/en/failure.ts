/** Words around the texts of errors. */
export const failure = {
  tryAgain:
    'Feidi tried several times without success. Retry later; if it still does not work, give the log ID to Feishu support.',
  listSeparator: ', ',
  anyScope: '{least} (recommended: it grants the least) or {others}',
  withRemedy: '{message} {remedy}',
  titleAndText: '{title}. {text}',
} as const
