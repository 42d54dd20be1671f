import { functionsOfStage } from '@sax/infra/functions'
import { repositoryRoot } from '@sax/local/settings'
import type { FunctionRole } from '@sax/topology'
import { expect, test } from 'vitest'
import { readBaseline } from '../infra/baseline.ts'
import { neededVariables } from './needed-variables.ts'

interface WithEnvironment {
  readonly Properties?: { readonly Environment?: { readonly Variables: object } }
}

test.each(['develop', 'staging', 'production'] as const)(
  'whatever a function cannot start without is given to it by the infrastructure of %s',
  (stage) => {
    const lacking = functionsOfStage(stage).flatMap(({ id, part, role }) => {
      const made = readBaseline(repositoryRoot, stage, part)?.template.Resources?.[`${id}Function`] as WithEnvironment
      const given = Object.keys(made.Properties?.Environment?.Variables ?? {})
      return neededVariables[role as FunctionRole]
        .filter((name) => !given.includes(name))
        .map((name) => `${role} ${name}`)
    })
    expect(lacking).toEqual([])
  },
)
