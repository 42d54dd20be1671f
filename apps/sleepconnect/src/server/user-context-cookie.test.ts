import { expect, test } from 'vitest'
import { noUserContextCookie, userContextCookie } from './user-context-cookie.ts'

test('the cookie is out of reach of scripts, other sites and, in a stage, of plain HTTP', () => {
  expect(userContextCookie('t', 900, 'https://dev.mydreamconnect.com')).toEqual({
    name: 'x-sax-user-context',
    value: 't',
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
    path: '/',
    maxAge: 900,
  })
})

test('it is host-only: stages that share a parent domain never see each other’s', () => {
  expect(userContextCookie('t', 900, 'https://dev.mydreamconnect.com')).not.toHaveProperty('domain')
})

test('on a laptop it travels without TLS', () => {
  expect(userContextCookie('t', 900, 'http://localhost:8080').secure).toBe(false)
})

test('signing out removes it at once', () => {
  expect(noUserContextCookie('https://dreamconnect.health')).toMatchObject({
    value: '',
    maxAge: 0,
    path: '/',
    secure: true,
  })
})
