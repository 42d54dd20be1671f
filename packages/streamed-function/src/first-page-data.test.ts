import type { InternalEvent } from '@opennextjs/aws/types/open-next'
import { expect, test } from 'vitest'
import { firstPageData } from './first-page-data.ts'

const asked = (rawPath: string): InternalEvent => ({
  type: 'core',
  method: 'GET',
  rawPath,
  url: `https://zone.test${rawPath}?patient=1`,
  headers: { cookie: 'a=b' },
  query: { patient: '1' },
  cookies: {},
  remoteAddress: '127.0.0.1',
})
const firstPage = { path: '/zone', build: () => 'build-1' }

test('the data of the first page is asked of the first page', () => {
  expect(firstPageData(asked('/zone/_next/data/build-1/index.json'), firstPage)).toEqual({
    ...asked('/zone/_next/data/build-1/index.json'),
    rawPath: '/zone',
    query: { patient: '1', __nextDataReq: '1' },
    headers: { cookie: 'a=b', 'x-nextjs-data': '1' },
  })
})

test.each([
  ['of another build, which has to be told that it is gone', '/zone/_next/data/build-0/index.json'],
  ['of another page, which OpenNext sees to', '/zone/_next/data/build-1/templates.json'],
  ['of a page of that name', '/zone/_next/data/build-1/templates/index.json'],
  ['of another zone', '/zones/_next/data/build-1/index.json'],
  ['and a page', '/zone'],
])('data %s is left as it is', (_what, path) => {
  expect(firstPageData(asked(path), firstPage)).toEqual(asked(path))
})
