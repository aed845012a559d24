import { Menu, type MenuItemConstructorOptions, app, shell } from 'electron'
import { logFile } from './log-file'

/** The application's menu: hidden until Alt is pressed but on macOS, while its accelerators always work. */
export function setMenu(): void {
  app.setAboutPanelOptions({ applicationName: app.name, applicationVersion: app.getVersion() })
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuFor(process.platform, app.isPackaged)))
}

/** What is in it, by Electron's roles: they bring labels, accelerators, and what each system does with them. */
export function menuFor(system: string, isPackaged: boolean): MenuItemConstructorOptions[] {
  const isMac = system === 'darwin'
  const about: MenuItemConstructorOptions[] = isMac ? [] : [{ role: 'about' }]
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: '&View', submenu: viewMenu(isPackaged) },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ label: 'Show &Log File', click: showLog }, ...about] },
  ]
}

/** A user has no use for a reload, and none for the developer tools. */
function viewMenu(isPackaged: boolean): MenuItemConstructorOptions[] {
  const forDevelopment: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { role: 'forceReload' },
    { role: 'toggleDevTools' },
    { type: 'separator' },
  ]
  return [
    ...(isPackaged ? [] : forDevelopment),
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
}

function showLog(): void {
  shell.showItemInFolder(logFile())
}
