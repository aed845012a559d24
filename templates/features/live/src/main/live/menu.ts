import { Menu, MenuItem } from 'electron'

/** Adds the live view to the menu of the app, with its key. */
export function addToMenu(open: () => void): void {
  const entry = new MenuItem({
    id: 'live-view',
    label: 'Live View',
    accelerator: 'CommandOrControl+Shift+L',
    click: open,
  })
  const menu = Menu.getApplicationMenu() ?? new Menu()
  const ofViews = menu.items.find(({ label }) => label.replace('&', '') === 'View')
  if (ofViews?.submenu) ofViews.submenu.append(entry)
  else menu.append(new MenuItem({ label: 'Develop', submenu: Menu.buildFromTemplate([entry]) }))
  // An accelerator that is added later is heard from then on.
  Menu.setApplicationMenu(menu)
}
