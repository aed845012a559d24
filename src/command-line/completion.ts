import { PACKAGE_MANAGERS } from '../programs/package-manager.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

interface Flag {
  /** With its dash, as is `long`. */
  short: string | undefined
  long: string
  description: string
}

/** What can be completed. */
export interface Words {
  flags: Flag[]
  topologies: { name: string; summary: string }[]
  uis: string[]
  /** By the name of each. */
  commands: Record<string, CommandWords>
}

interface CommandWords {
  flags: Flag[]
  /** What may follow the command. */
  words: string[]
}

export const COMMANDS = ['list', 'add', 'remove', 'update', 'diff', 'schema', 'completion']

/** A script that, read by the shell, completes the command there. */
export function describeCompletion(shell: Shell, words: Words): string {
  return { bash: forBash, zsh: forZsh, fish: forFish }[shell](words)
}

function forBash({ flags, topologies, uis, commands }: Words): string {
  return `# Add to ~/.bashrc: eval "$(create-electron-ports completion bash)"
_create_electron_ports() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command='' others='' words
  ((COMP_CWORD > 1)) && command="\${COMP_WORDS[1]}"
  [[ "$before" == '=' ]] && before="\${COMP_WORDS[COMP_CWORD-2]}"
  [[ "$word" == '=' ]] && word=''
  [[ "$word" == *,* ]] && others="\${word%,*},"
  case "$command $before" in
${Object.entries(commands)
  .map(
    ([name, own]) => `    '${name} '*) words="${[...own.words, longOf(own.flags)].join(' ')}" ;;`,
  )
  .join('\n')}
    *' --topology' | *' -t') words="${namesOf(topologies)}" ;;
    *' --ui') words="${uis.join(' ')}" ;;
    *' --name') words='' ;;
    *' --pm') words="${PACKAGE_MANAGERS.join(' ')}" ;;
    *) words="${COMMANDS.join(' ')} ${longOf(flags)}" ;;
  esac
  COMPREPLY=($(compgen -P "$others" -W "$words" -- "\${word#"$others"}"))
}
complete -o default -F _create_electron_ports create-electron-ports`
}

function forZsh({ flags, topologies, uis, commands }: Words): string {
  const values: Record<string, string> = {
    '--name': ':name:',
    '--topology': `:topology: _values -s , topology ${namesOf(topologies)}`,
    '--ui': `:framework:(${uis.join(' ')})`,
    '--pm': `:package manager:(${PACKAGE_MANAGERS.join(' ')})`,
  }
  const describe = (flag: Flag): string =>
    `${namesForZsh(flag)}'[${flag.description}]${values[flag.long] ?? ''}'`
  return `#compdef create-electron-ports
# Add to ~/.zshrc, after compinit: eval "$(create-electron-ports completion zsh)"
_create_electron_ports() {
  local command=''
  ((CURRENT > 2)) && command="$words[2]"
  case "$command" in
${Object.entries(commands)
  .map(
    ([name, own]) =>
      `  ${name}) _arguments '1: :' '*: :(${own.words.join(' ')})' ${own.flags.map(describe).join(' ')} ;;`,
  )
  .join('\n')}
  *)
    _arguments \\
${flags.map((flag) => `      ${describe(flag)} \\`).join('\n')}
      '1: : _alternative "commands:command:(${COMMANDS.join(' ')})" "folders:directory:_directories"' ;;
  esac
}
compdef _create_electron_ports create-electron-ports`
}

/** Which of the two is given does not matter, but it is given once. */
function namesForZsh({ short, long }: Flag): string {
  return short ? `'(${short} ${long})'{${short},${long}}` : long
}

function forFish({ flags, topologies, uis, commands }: Words): string {
  const values: Record<string, string> = {
    '--name': ' -x',
    '--topology': ` -xa '(__fish_complete_list , "printf %s\\n ${namesOf(topologies)}")'`,
    '--ui': ` -xa '${uis.join(' ')}'`,
    '--pm': ` -xa '${PACKAGE_MANAGERS.join(' ')}'`,
  }
  const describe = (condition: string) => (flag: Flag) =>
    `complete -c create-electron-ports -n '${condition}'${namesForFish(flag)} -d '${flag.description}'${values[flag.long] ?? ''}`
  return `# Run: create-electron-ports completion fish > ~/.config/fish/completions/create-electron-ports.fish
complete -c create-electron-ports -n __fish_use_subcommand -a '${COMMANDS.join(' ')}'
${Object.entries(commands)
  .flatMap(([name, own]) => {
    const isIt = `__fish_seen_subcommand_from ${name}`
    const words = `complete -c create-electron-ports -n '${isIt}' -xa '${own.words.join(' ')}'`
    return [...(own.words.length > 0 ? [words] : []), ...own.flags.map(describe(isIt))]
  })
  .join('\n')}
${flags.map(describe(`not __fish_seen_subcommand_from ${COMMANDS.join(' ')}`)).join('\n')}`
}

function namesForFish({ short, long }: Flag): string {
  return `${short ? ` -s ${short.slice(1)}` : ''} -l ${long.slice(2)}`
}

function longOf(flags: Flag[]): string {
  return flags.map(({ long }) => long).join(' ')
}

function namesOf(topologies: { name: string }[]): string {
  return topologies.map(({ name }) => name).join(' ')
}
