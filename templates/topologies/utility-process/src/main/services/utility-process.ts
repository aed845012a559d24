import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { dialog } from 'electron'
import type { ProcessEvent } from '../../contracts/processes'
import { serve } from '../../ports/link'
import { Journal } from '../journal'
import type { Main } from '../services'
import { Utility } from '../utilities'

/** The longest line of the indexer, in characters, that a page is shown. */
const MAX_LINE = 500

/** Runs the indexer, and serves the links `processes` and `permits`. */
export function start({ broker, ports, windows }: Main): void {
  const journal = new Journal<ProcessEvent>()
  const indexer = new Utility(broker, 'indexer', {
    started: (pid) => journal.add({ at: Date.now(), kind: 'started', pid }),
    printed(line, isError) {
      journal.add({ at: Date.now(), kind: 'printed', line: line.slice(0, MAX_LINE), isError })
    },
    ended: (ending, restartIn) =>
      journal.add({ at: Date.now(), kind: 'ended', ...ending, restartIn }),
  })

  /**
   * What the user chose. A page can name any folder: the indexer asks here before it reads one. It is the real
   * path that is permitted, so that no link in it can lead elsewhere later.
   */
  const permitted = new Set<unknown>()
  const permit = async (chosen: string): Promise<string> => {
    const folder = await realpath(chosen).catch(() => chosen) // gone: the indexer will say so
    permitted.add(folder)
    return folder
  }

  let choice: Promise<string | undefined> | undefined

  serve(ports, 'permits', { mayRead: async (folder) => permitted.has(folder) })
  serve(ports, 'processes', {
    async chooseFolder() {
      // One dialog, however often a page asks.
      choice ??= askUser().finally(() => (choice = undefined))
      const folder = await choice
      return folder === undefined ? undefined : permit(folder)
    },
    useAppFolder: async () => permit(join(__dirname, '..')), // `out`
    watchIndexer: (signal) => journal.follow(signal),
    killIndexer: async () => indexer.kill(),
    startIndexer: async () => indexer.start(),
  })

  windows.afterFirst(() => indexer.start())
}

async function askUser(): Promise<string | undefined> {
  const { filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory'] })
  return filePaths[0]
}
