const USE_ANOTHER = 'Use the link of a folder, document, sheet or Base instead.'

export const localLink = {
  'link-old-doc': {
    message: 'This is a document of the old kind, which Feishu no longer adds files to.',
    remedy: 'Turn it into a new document in Feishu, then copy its new link.',
  },
  'link-slides': {
    message: 'This is a presentation, which does not take files.',
    remedy: USE_ANOTHER,
  },
  'link-mindnote': {
    message: 'This is a mind note, which does not take files.',
    remedy: USE_ANOTHER,
  },
  'link-base-part': {
    message:
      'This link leads to a form, shared view, dashboard or automation of a Base, not to a table.',
    remedy: 'Open the table in its Base and copy the link from the address bar.',
  },
  'link-base-record': {
    message:
      'This is the share link of a single record, which does not tell the Base it belongs to.',
    remedy: 'Open the record in its Base and copy the link with record= from the address bar.',
  },
  'link-app': {
    message: 'This is the page of an app, which does not take files.',
    remedy: USE_ANOTHER,
  },
  'link-wiki-space': {
    message: 'This is the settings page of a wiki, not a page in it.',
    remedy:
      'Open a page of the wiki and copy its link from the address bar. Files can go into the page or below it.',
  },
  'link-elsewhere': {
    message: 'This link is not from Feishu or Lark[: {detail}].',
    remedy:
      'Open the destination in Feishu, copy the whole link from the address bar and paste it into Feidi.',
  },
}
