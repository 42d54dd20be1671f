import { type Stores, storesOf } from '../../cloudfront/stores.ts'
import { isObject, type JsonObject } from '../engine/template.ts'
import type { Kind, Work } from './kind.ts'

type StoreName = keyof Stores

/** As much of a store as is used here; the four differ only by what they hold. */
interface AnyStore {
  readonly create: (accountId: string, config: JsonObject | undefined) => { id: string; modifiedAt: Date }
  readonly find: (
    accountId: string,
    id: string | undefined,
  ) => { id: string; config: JsonObject; etag: string; isManaged: boolean }
  readonly update: (accountId: string, id: string, etag: string, config: JsonObject | undefined) => unknown
  readonly delete: (accountId: string, id: string, etag: string) => void
  readonly has: (accountId: string, id: string) => boolean
  readonly list: (accountId: string) => readonly { readonly id: string; readonly isManaged: boolean }[]
}

function storeOf({ world }: Work, name: StoreName): AnyStore {
  return storesOf(world.cloudFront)[name] as unknown as AnyStore
}

/** A configuration of CloudFront's as a resource: everything is in one property, and lists are counted in the API only. */
function frontConfig(type: string, property: string, name: StoreName): Kind {
  const facts = (id: string) => ({ Id: id, LastModifiedTime: new Date().toISOString() })
  return {
    type,
    drift: true,
    importable: true,
    create: async (properties, work) => {
      const { id } = storeOf(work, name).create(work.accountId, counted(properties[property]) as JsonObject)
      return { id, attributes: facts(id) }
    },
    update: async ({ id }, properties, _before, work) => {
      const store = storeOf(work, name)
      const { etag } = store.find(work.accountId, id)
      store.update(work.accountId, id, etag, counted(properties[property]) as JsonObject)
      return facts(id)
    },
    delete: async ({ id }, _properties, work) => {
      const store = storeOf(work, name)
      if (store.has(work.accountId, id)) store.delete(work.accountId, id, store.find(work.accountId, id).etag)
    },
    read: async ({ Id }, work) => {
      const store = storeOf(work, name)
      const id = String(Id)
      if (!store.has(work.accountId, id)) return undefined
      return { id, attributes: facts(id), properties: { [property]: uncounted(store.find(work.accountId, id).config) } }
    },
    list: async (work) =>
      storeOf(work, name)
        .list(work.accountId)
        .filter(({ isManaged }) => !isManaged)
        .map(({ id }) => ({ Id: id })),
  }
}

/** Lists get their length; those that a template writes under `Items` get it beside them. */
function counted(value: unknown): unknown {
  if (Array.isArray(value)) return { Quantity: value.length, Items: value.map(counted) }
  if (!isObject(value)) return value
  const members = Object.entries(value).map(([name, member]) =>
    name === 'Items' && Array.isArray(member) ? [name, member.map(counted)] : [name, counted(member)],
  )
  const converted = Object.fromEntries(members)
  return Array.isArray(converted.Items) ? { Quantity: converted.Items.length, ...converted } : converted
}

/** As a template writes it: lists of names bare, lists of objects under `Items`. */
function uncounted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(uncounted)
  if (!isObject(value)) return value
  if ('Quantity' in value) {
    const items = Array.isArray(value.Items) ? value.Items : []
    return items.some(isObject) ? { Items: items.map(uncounted) } : items
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, uncounted(member)]))
}

/** @source AWS CloudFormation Template Reference, the types' own pages */
export const frontConfigs: readonly Kind[] = [
  frontConfig('AWS::CloudFront::CachePolicy', 'CachePolicyConfig', 'cachePolicies'),
  frontConfig('AWS::CloudFront::OriginRequestPolicy', 'OriginRequestPolicyConfig', 'originRequestPolicies'),
  frontConfig('AWS::CloudFront::ResponseHeadersPolicy', 'ResponseHeadersPolicyConfig', 'responseHeadersPolicies'),
  frontConfig('AWS::CloudFront::OriginAccessControl', 'OriginAccessControlConfig', 'accessControls'),
]
