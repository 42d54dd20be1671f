import { expect, test } from 'vitest'
import { type Price, priceList, pricesReadOn } from './price-list.ts'

test('every price says its unit, the page it stands on, the day it was read and how it is known', () => {
  for (const { usd, unit, source, readOn, evidence } of Object.values<Price>(priceList)) {
    expect(usd).toBeGreaterThan(0)
    expect(unit).not.toBe('')
    expect(source).toMatch(/^(Amazon|AWS) .+ Pricing$/)
    expect(new Date(readOn).toISOString().slice(0, 10)).toBe(readOn)
    expect(['page', 'recorded', 'unverified']).toContain(evidence)
  }
})

test('a list is as old as its oldest price', () => {
  const { dashboardMonth, keyMonth } = priceList
  expect(pricesReadOn([dashboardMonth, { ...keyMonth, readOn: '2025-01-31' }])).toBe('2025-01-31')
})
