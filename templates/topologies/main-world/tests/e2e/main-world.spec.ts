import { expect, test } from './app'

test('the page shows figures, by contract, and stops when it is told to', async ({ openDemo }) => {
  const page = await openDemo('Main world')
  await expect(page.getByText('figures · connected · port 1')).toBeVisible()
  await expect(page.getByText(/% of a processor · \d+ processes/)).toBeVisible()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Paused')).toBeVisible()
})

test('a script that no bundler has seen gets a genuine port, late', async ({ pageOf }) => {
  const gauge = await pageOf('gauge')
  await expect(gauge.getByRole('status')).toContainText('its script is not')
  await gauge.getByRole('button', { name: 'Load the script' }).click()
  await expect(gauge.getByText('messages on this port')).toBeVisible()
  await expect(gauge.getByText('port instanceof MessagePort true')).toBeVisible()
  await expect(gauge.getByText('Main process')).toBeVisible()
})

test('it gets another port when it asks again, and after a reload', async ({ pageOf }) => {
  const gauge = await pageOf('gauge')
  await gauge.getByRole('button', { name: 'Load the script' }).click()
  await gauge.getByRole('button', { name: 'Close the port' }).click()
  await expect(gauge.getByRole('status')).toContainText('The port is closed')
  await gauge.getByRole('button', { name: 'Ask for another port' }).click()
  await expect(gauge.getByText('messages on this port')).toBeVisible()
  await gauge.reload()
  await gauge.getByRole('button', { name: 'Load the script' }).click()
  await expect(gauge.getByText('messages on this port')).toBeVisible()
})

test('the plain page comes back when it was closed', async ({ app, openDemo, pageOf }) => {
  const gauge = await pageOf('gauge')
  await gauge.close()
  await expect.poll(() => app.windows().includes(gauge)).toBe(false)
  const page = await openDemo('Main world')
  await page.getByRole('button', { name: 'Show the plain page' }).click()
  const again = await pageOf('gauge')
  await again.getByRole('button', { name: 'Load the script' }).click()
  await expect(again.getByText('messages on this port')).toBeVisible()
})
