import { topology } from '../../src/topology'
import { expect, test } from './app'
import { messages } from './live'

test('the live view shows every node, and opens by its entry in the menu', async ({
  app,
  pageOf,
}) => {
  await pageOf('app')
  expect(Array.isArray(await messages(app))).toBe(true)
  await app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('live-view')?.click()
  })
  const view = await pageOf('live-view')
  for (const node of Object.keys(topology.nodes)) {
    // Of a node of which there are many, each one that runs has a button of its own: "document 1, window, …".
    const button = view.getByRole('button', { name: new RegExp(`^${node}[ ,]`) })
    await expect(button.first()).toBeVisible()
  }
})
