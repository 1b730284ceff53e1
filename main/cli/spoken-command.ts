/** Commander's own words (titles, defaults, complaints) in the person's language. */
import { Command, type ErrorOptions, type HelpConfiguration } from 'commander'
import type { Language } from '#shared/text/language.ts'
import { safeText } from '#shared/text/safe-text.ts'
import { type KeyIn, t, type ValuesFor } from '#shared/text/t.ts'

const TITLES: Readonly<Record<string, KeyIn<'usage'>>> = {
  'Usage:': 'usage',
  'Arguments:': 'argumentsTitle',
  'Options:': 'optionsTitle',
  'Global Options:': 'globalOptionsTitle',
  'Commands:': 'commandsTitle',
}

const COMPLAINTS = {
  'commander.unknownOption': 'usage.unknownOption',
  'commander.unknownCommand': 'usage.unknownCommand',
  'commander.missingArgument': 'usage.missingArgument',
  'commander.optionMissingArgument': 'usage.optionMissingArgument',
  'commander.missingMandatoryOptionValue': 'usage.missingOption',
} as const

/** A command that complains about its command line in a language. */
export class SpokenCommand extends Command {
  readonly #language: Language

  constructor(name: string | undefined, language: Language) {
    super(name)
    this.#language = language
  }

  override createCommand(name?: string): SpokenCommand {
    return new SpokenCommand(name, this.#language)
  }

  /** Commander tells what is wrong by a code; what it quotes is found in its message. */
  override error(message: string, options?: ErrorOptions): never {
    return super.error(this.#complaint(message, options?.code ?? ''), options)
  }

  /** Adds what can be said only once all commands are there. */
  finish(): this {
    const words = t(this.#language, 'usage.showHelp')
    for (const command of withSubcommands(this)) {
      command.helpOption('-h, --help', words)
      if (command.commands.length > 0) command.helpCommand('help [command]', words)
    }
    return this
  }

  #complaint(message: string, code: string): string {
    if (code === 'commander.excessArguments') {
      const expected = this.registeredArguments.length
      return t(this.#language, 'usage.excessArguments', { expected, given: this.args.length })
    }
    if (!(code in COMPLAINTS)) return safeText(message)
    const [, suggestion] = /\n\(Did you mean (?:one of )?([^\n]*)\?\)$/.exec(message) ?? []
    const [, name = ''] = /'(.*)'/s.exec(message) ?? []
    const key = COMPLAINTS[code as keyof typeof COMPLAINTS]
    return [
      t(this.#language, key, { name: safeText(name) }),
      ...(suggestion === undefined
        ? []
        : [t(this.#language, 'usage.didYouMean', { name: suggestion })]),
    ].join('\n')
  }
}

type HelpKey = KeyIn<'help'>

/** Returns what says the texts of the help in a language. */
export function helpIn(language: Language) {
  return <Key extends HelpKey>(key: Key, ...values: ValuesFor<`help.${Key}`>): string =>
    t(language, `help.${key}`, ...values)
}

/** Returns a command with all below it. */
export function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

/** Returns how help is laid out in a language. */
export function layoutIn(language: Language): HelpConfiguration {
  const hints = (text: string) =>
    text
      .replace('[options]', t(language, 'usage.optionsHint'))
      .replace('[command]', t(language, 'usage.commandHint'))
  return {
    showGlobalOptions: true,
    styleTitle(title) {
      const key = TITLES[title]
      return key === undefined ? title : t(language, `usage.${key as 'usage'}`)
    },
    styleUsage: hints,
    styleSubcommandTerm: hints,
    optionDescription({ description: text, defaultValue }) {
      if (typeof defaultValue !== 'string') return text
      return t(language, 'usage.withDefault', { text, value: defaultValue })
    },
  }
}
