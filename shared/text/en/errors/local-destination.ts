export const localDestination = {
  'destination-invalid': {
    message: 'This is not a Feishu link[: {detail}].',
    remedy:
      'Open the destination in Feishu, copy the whole link from the address bar and paste it into Feidi.',
  },
  'destination-unsupported': {
    message: 'This kind of destination does not take files[: {detail}].',
    remedy:
      'Open a folder, document, sheet or Base in Feishu, copy its link from the address bar and use that as the destination.',
  },
  'media-unknown': {
    message: 'Feishu has no upload point of this name[: {detail}].',
    remedy:
      'Check the name before the second colon: docx_image, sheet_image and bitable_file are some. The manual lists all of them.',
  },
  'media-for-import': {
    message:
      'A file at this upload point is only the first half of an import, which Feidi does not finish.',
    remedy: 'Upload the file to a folder and open it there as a document in Feishu.',
  },
  'folder-full': {
    message: 'The destination folder is full: Feishu allows 1,500 items in a folder.',
    remedy:
      'Choose another folder, or move some of its items into subfolders in Feishu, then retry.',
  },
  'folder-too-deep': {
    message: 'The folders are nested too deeply: Feishu allows 15 levels.',
    remedy:
      'Choose a destination closer to the top, or nest the local folders less deeply, then retry.',
  },
}
