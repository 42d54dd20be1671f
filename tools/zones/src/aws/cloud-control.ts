import { CloudControlClient, GetResourceCommand } from '@aws-sdk/client-cloudcontrol'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

/** What Cloud Control knows of a resource. */
export type LiveResource =
  | { readonly kind: 'there'; readonly properties: Readonly<Record<string, unknown>> }
  | { readonly kind: 'absent' }
  /** Cloud Control cannot read this type. */
  | { readonly kind: 'unreadable' }

/** Resources as they are, in the shape of templates. */
export interface CloudControl {
  /** `identifier` as the resource's type wants it; several parts are joined by `|`. @throws AwsFailure */
  resource(type: string, identifier: string): Promise<LiveResource>
}

/** @source AWS Cloud Control API Reference, "GetResource" (errors) */
const UNREADABLE = ['UnsupportedActionException', 'TypeNotFoundException']

export function createCloudControl(settings: AwsSettings): CloudControl {
  const client = failingPlainly('cloudcontrol', new CloudControlClient(clientOptions(settings)))
  return {
    async resource(type, identifier) {
      try {
        const { ResourceDescription } = await client.send(
          new GetResourceCommand({ TypeName: type, Identifier: identifier }),
        )
        const text = ResourceDescription?.Properties
        if (text === undefined) return { kind: 'unreadable' }
        return { kind: 'there', properties: JSON.parse(text) as Readonly<Record<string, unknown>> }
      } catch (error) {
        if (isRefusedAs(error, 'ResourceNotFoundException')) return { kind: 'absent' }
        if (isRefusedAs(error, ...UNREADABLE)) return { kind: 'unreadable' }
        throw error
      }
    },
  }
}
