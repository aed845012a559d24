import { dirname } from 'node:path'
import { app, dialog } from 'electron'
import type { Files, Folder } from '../../contracts/files'
import { serve } from '../../ports/link'
import { OpenFolder } from '../main-port/folder'
import { takeOwnPorts } from '../main-port/own-ports'
import { watchFile } from '../main-port/watch-file'
import { watchSystem } from '../main-port/watch-system'
import type { Main } from '../services'

/** Serves the link `files`. Nothing a page says is trusted: paths are checked in `../main-port/folder.ts`. */
export function start({ ports, windows }: Main): void {
  serve(ports, 'files', new FileService())
  takeOwnPorts(windows)
}

class FileService implements Files {
  #folder: OpenFolder | undefined
  #choice: Promise<string | undefined> | undefined

  async chooseFolder(): Promise<Folder | undefined> {
    // One dialog, however often a page asks.
    this.#choice ??= askUser().finally(() => (this.#choice = undefined))
    const path = await this.#choice
    return path === undefined ? undefined : this.#open(path)
  }

  openAppFolder(): Promise<Folder> {
    // In a package its files are in an archive, which is no folder.
    return this.#open(app.isPackaged ? dirname(app.getPath('exe')) : app.getAppPath())
  }

  list(path: unknown): ReturnType<OpenFolder['list']> {
    return this.#present().list(path)
  }

  watchFile(path: unknown, signal: AbortSignal): ReturnType<typeof watchFile> {
    return watchFile(this.#present(), path, signal)
  }

  watchSystem(every: unknown, signal: AbortSignal): ReturnType<typeof watchSystem> {
    return watchSystem(every, signal)
  }

  async #open(path: string): Promise<Folder> {
    this.#folder = await OpenFolder.open(path)
    return { path: this.#folder.path }
  }

  #present(): OpenFolder {
    if (!this.#folder) throw new Error('No folder is open: choose one first.')
    return this.#folder
  }
}

async function askUser(): Promise<string | undefined> {
  const { filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory'] })
  return filePaths[0]
}
