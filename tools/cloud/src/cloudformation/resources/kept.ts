import { createHash } from 'node:crypto'
import { AwsError } from '../../wire/aws-error.ts'
import type { JsonObject } from '../engine/template.ts'
import { resourceSchema } from '../schema/resource-schemas.ts'
import type { KeptResource } from './kept-resources.ts'
import { type Kind, madeUpName, type Work } from './kind.ts'

/** What attributes are made of. */
export interface Making {
  readonly properties: JsonObject
  readonly accountId: string
  readonly region: string
  readonly stackName: string
  /** So many hexadecimal digits, the same each time they are asked for. */
  readonly hex: (digits: number) => string
  /** A name, where the template gives none. */
  readonly name: string
}

/**
 * A type whose resources nothing but CloudFormation looks at: they are checked against the schema, and then remembered
 * with ids and attributes that look like AWS's.
 * @param unique properties that no two resources share, where the primary identifier does not say so
 * @param attributes what `Fn::GetAtt` gives, and what the primary identifier and `Ref` need besides the properties
 */
export function keptKind(
  type: string,
  attributes: (making: Making) => JsonObject,
  unique: readonly string[] = [],
): Kind {
  const schema = resourceSchema(type)
  if (schema === undefined) throw new Error(`${type} is no type of CloudFormation's`)
  const make = (properties: JsonObject, work: Work, id: string): KeptResource => {
    const digest = createHash('sha256').update(`${type} ${id}`).digest('hex')
    const { accountId, region, stackName } = work
    const made = attributes({ properties, accountId, region, stackName, hex: (n) => digest.slice(0, n), name: id })
    const known = { ...properties, ...made }
    const pick = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, known[name]]))
    return {
      identifier: pick(schema.primaryIdentifier),
      id: schema.refIdentifier.map((name) => String(known[name])).join('|'),
      attributes: made,
      properties,
    }
  }
  return {
    type,
    drift: false,
    importable: true,
    create: async (properties, work) => {
      const made = make(properties, work, madeUpName(work))
      const same = work.world.kept
        .of(type, work.accountId)
        .some((one) => unique.length > 0 && unique.every((name) => one.properties[name] === properties[name]))
      if (same || work.world.kept.find(type, work.accountId, made.identifier) !== undefined) {
        throw new AwsError('AlreadyExists', `${made.id} already exists`)
      }
      work.world.kept.put(type, work.accountId, made)
      return made
    },
    update: async ({ id, attributes: before }, properties, _before, { world, accountId }) => {
      const kept = world.kept.of(type, accountId).find((one) => one.id === id)
      if (kept === undefined) throw new AwsError('NotFound', `${type} ${id} does not exist`, 404)
      world.kept.put(type, accountId, { ...kept, properties })
      return before
    },
    delete: async ({ id }, _properties, { world, accountId }) => {
      const kept = world.kept.of(type, accountId).find((one) => one.id === id)
      if (kept !== undefined) world.kept.delete(type, accountId, kept.identifier)
    },
    read: async (identifier, { world, accountId }) => world.kept.find(type, accountId, identifier),
    list: async ({ world, accountId }) => world.kept.of(type, accountId).map((one) => one.identifier),
  }
}
