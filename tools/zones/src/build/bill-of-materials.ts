import { ComponentType, HashAlgorithm } from '@cyclonedx/cyclonedx-library/Enums'
import {
  Bom,
  Component,
  ComponentRepository,
  HashDictionary,
  LicenseExpression,
  LicenseRepository,
  Metadata,
  NamedLicense,
  SpdxLicense,
} from '@cyclonedx/cyclonedx-library/Models'
import { JSON as CycloneJson, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize'
import { isSupportedSpdxId } from '@cyclonedx/cyclonedx-library/SPDX'
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec'
import type { PackageInside } from './packages-inside.ts'

/**
 * What is inside a release, as CycloneDX 1.6 in JSON. It names no time, so that it is the same for the same sources.
 * @param sourceDigest makes the document's own number
 */
export function billOfMaterials(release: string, sourceDigest: string, inside: readonly PackageInside[]): string {
  const product = new Component(ComponentType.Application, 'sleepconnect-outreach', { version: release })
  product.bomRef.value = `sleepconnect-outreach@${release}`
  const bom = new Bom({
    serialNumber: serialNumber(sourceDigest),
    metadata: new Metadata({ component: product }),
    components: new ComponentRepository(inside.map(componentOf)),
  })
  const serializer = new JsonSerializer(new CycloneJson.Normalize.Factory(Spec1dot6))
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`
}

function componentOf({ name, version, license, integrity }: PackageInside): Component {
  const [group, own] = name.startsWith('@') ? name.split('/', 2) : [undefined, name]
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const component = new Component(ComponentType.Library, own ?? name, {
    ...(group === undefined ? {} : { group }),
    version,
    purl,
    licenses: new LicenseRepository(license === undefined ? [] : [licenseOf(license)]),
    hashes: new HashDictionary(hashOf(integrity)),
  })
  component.bomRef.value = purl
  return component
}

function licenseOf(license: string): SpdxLicense | LicenseExpression | NamedLicense {
  if (isSupportedSpdxId(license)) return new SpdxLicense(license)
  return / (OR|AND|WITH) /.test(license) ? new LicenseExpression(license) : new NamedLicense(license)
}

/** @source W3C, "Subresource Integrity": the algorithm, a dash, and the digest in base64 */
function hashOf(integrity: string | undefined): readonly (readonly [HashAlgorithm, string])[] {
  const digest = /^sha512-(\S+)$/.exec(integrity ?? '')?.[1]
  return digest === undefined ? [] : [[HashAlgorithm['SHA-512'], Buffer.from(digest, 'base64').toString('hex')]]
}

/** A UUID of version 8, made from a digest. @source RFC 9562 section 5.8 */
function serialNumber(digest: string): string {
  const hex = `${digest.slice(0, 12)}8${digest.slice(13, 16)}a${digest.slice(17, 32)}`
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
