// What goes out of the page as a file and comes in as a text.

import { readFile } from 'node:fs/promises'

/** @returns the file that “Download collections” gives */
export async function exportCollections(tester) {
  await tester.button('Export').click()
  const dialog = tester.page.getByRole('dialog', { name: 'Export' })
  const coming = tester.page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download collections' }).click()
  const text = await readFile(await (await coming).path(), 'utf8')
  await tester.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  return text
}

/** Imports a text of which nothing is left out. */
export async function importText(tester, text) {
  await tester.button('Import').click()
  const dialog = tester.page.getByRole('dialog', { name: 'Import' })
  await dialog.getByRole('textbox').fill(text)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}
