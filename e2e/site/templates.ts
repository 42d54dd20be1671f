import { expect, type Locator, type Page } from '@playwright/test'
import type { CreateTemplate, Template } from '@sax/api-contract'
import { outreachApiPath } from '@sax/topology'
import { write } from './write.ts'

/** Stores a template through the API, as the person whose browser `page` is. */
export async function storeTemplate(page: Page, hostUrl: string, body: CreateTemplate): Promise<Template> {
  const response = await page.request.post(hostUrl + outreachApiPath('templates'), write(body))
  expect(response.status(), 'storing a template').toBe(201)
  return ((await response.json()) as { data: Template }).data
}

/** Stored templates of this exact name that the person sees. */
export async function templatesNamed(page: Page, hostUrl: string, name: string): Promise<readonly Template[]> {
  const query = new URLSearchParams({ search: name, limit: '200' })
  const response = await page.request.get(`${hostUrl}${outreachApiPath('templates')}?${query}`)
  expect(response.status(), 'looking for templates').toBe(200)
  const { data } = (await response.json()) as { data: Template[] }
  return data.filter((template) => template.name === name)
}

/** Picks an option of a select that is opened by a button or a combobox. */
export async function choose(page: Page, trigger: Locator, option: string): Promise<void> {
  await trigger.click()
  await page.getByRole('option', { name: option }).click()
}

/** The fields of the template editor. */
export function editorOf(page: Page) {
  return {
    name: page.getByRole('textbox', { name: 'Name', exact: true }),
    category: page.getByRole('combobox', { name: 'Category' }),
    // By its label: behind an open dialog it has no role, and still has its text.
    message: page.getByLabel('Message', { exact: true }),
    create: page.getByRole('button', { name: 'Create template' }),
    save: page.getByRole('button', { name: 'Save', exact: true }),
    preview: page.getByTestId('preview'),
    fact: (term: string) => page.locator('dl > div', { has: page.locator('dt', { hasText: term }) }).locator('dd'),
  }
}
