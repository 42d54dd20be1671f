/** What people see, by the name that the doctor is given. In the order in which one explains the next. */
export const symptomNames = [
  '502',
  '400-tenant',
  '401',
  'static-404',
  'blank-page',
  'redirect-loop',
  'stale-page',
  'skew',
] as const
export type SymptomName = (typeof symptomNames)[number]
