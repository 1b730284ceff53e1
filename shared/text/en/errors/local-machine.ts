export const localMachine = {
  'home-in-use': {
    message: 'Another Feidi is using the same data folder[ ({detail})].',
    remedy: 'Quit the other Feidi first, or choose another data folder with --home.',
  },
  'home-unwritable': {
    message: 'Feidi cannot write to its data folder[ ({detail})].',
    remedy:
      'Allow your user to write to the folder, or choose another with --home (FEIDI_HOME), then start Feidi again.',
  },
  'home-moved': {
    message:
      'The data folder comes from another computer, or is a copy of another one[ ({detail})], so nothing is uploaded.',
    remedy:
      'If from now on you use only this one, choose "This is my new computer" or run `feidi home adopt`. Otherwise both would upload the same files.',
  },
  'home-restored': {
    message:
      'The data folder was put back to an earlier state[ ({detail})] and does not know what went up since, so nothing is uploaded.',
    remedy:
      'To continue from this state, choose "Go on from here" or run `feidi home adopt`. Files that may be in Feishu already are looked for first.',
  },
  'home-gone': {
    message: "Feidi's data folder was deleted or replaced while it was at work[ ({detail})].",
    remedy: 'Put the folder back if you still have it, then start Feidi again.',
  },
  'home-set-aside': {
    message:
      'The data folder was made by a test build before version 1.0 and was moved aside as it is[ ({detail})].',
    remedy:
      'Start Feidi again with a new data folder: sign in and add your watch rules again. It does not know earlier uploads, so those files are uploaded again unless files of the same name are skipped.',
  },
  'home-unreleased': {
    message:
      'The data folder was made by a test build before version 1.0[ ({detail})]. This version does not open it, and left it as it is.',
    remedy:
      'Quit the test build, move or rename the folder, then start Feidi again. You can also choose another folder with --home.',
  },
  'store-newer': {
    message: 'The data was saved by a newer version of Feidi, which this one cannot open.',
    remedy: 'Update Feidi to the latest version. The data was not touched.',
  },
  'store-corrupt': {
    message: "Feidi's queue data is damaged and cannot be read[ ({detail})].",
    remedy:
      'Back up the data folder first, then move the damaged file away and start Feidi again. Files already in Feishu are not affected.',
  },
  'settings-corrupt': {
    message: "Feidi's settings file is damaged and was moved aside as it is[ ({detail})].",
    remedy: 'Repair the file and name it settings.json again, or add your watch rules again.',
  },
  'settings-damaged': {
    message: "Feidi's settings file is damaged[ ({detail})]. It is still where it was.",
    remedy:
      'Repair the file. Otherwise Feidi moves it aside as it is when it starts the next time, and begins with new settings.',
  },
  'store-failed': {
    message: 'Feidi could not save its progress and therefore stopped.',
    remedy:
      'Check the free disk space and that the data folder can be written to, then start Feidi again. Progress saved so far is kept.',
  },
  'disk-full': {
    message: 'The disk of this computer is full, so Feidi cannot save its progress.',
    remedy: 'Free some disk space, then start Feidi again. Progress saved so far is kept.',
  },
  usage: {
    message: 'The command or a setting is not written correctly[: {detail}].',
    remedy: 'Run feidi --help to see how it is used.',
  },
  'no-terminal': {
    message: 'Feidi has a question, and there is no terminal to ask it in[: {detail} is missing].',
    remedy:
      'Run the command in a terminal, or answer in advance with the option (--…) or the environment variable (FEIDI_…) of that name. Feidi reads no secret from a pipe or an argument.',
  },
  internal: {
    message: 'A fault in Feidi itself kept this file from being completed.',
    remedy:
      'Update Feidi and retry. If it still does not work, send the log to the developers of Feidi.',
  },
}
