import { createHash } from 'node:crypto'

/** Settings by which a build of Next comes out the same for the same sources. */
export function reproducibleSettings(release: string, sourceDigest: string): Readonly<Record<string, string>> {
  return {
    SAX_BUILD_ID: release,
    // Encrypts what server actions close over. The site has none; without this, a key of its own lies in every build.
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: createHash('sha256').update(`actions ${sourceDigest}`).digest('base64'),
  }
}

export interface Replacement {
  readonly found: string
  readonly put: string
}

interface PreviewProps {
  readonly previewModeId: string
  readonly previewModeSigningKey: string
  readonly previewModeEncryptionKey: string
}

/**
 * What to put in place of the keys that Next makes anew in every build, and of the folder it was built in. Previews are
 * not used, and their id opens a way past the proxy: it becomes something that no header and no cookie can spell, half
 * of a surrogate pair.
 */
export function replacements(preview: PreviewProps, folder: string, sourceDigest: string): readonly Replacement[] {
  const key = (of: string) => createHash('sha256').update(`${of} ${sourceDigest}`).digest('hex')
  return [
    { found: preview.previewModeId, put: '\\ud800' },
    { found: preview.previewModeSigningKey, put: key('preview signing') },
    { found: preview.previewModeEncryptionKey, put: key('preview encryption') },
    // As JSON and JavaScript write it, whatever the system's separator.
    { found: folder, put: '/release' },
  ]
}

const TEXT = /\.(c?js|mjs|json|html|rsc|meta|body|txt|css|map)$/

/** A file with the replacements made; other than text is left as it is. */
export function replaced(path: string, content: Uint8Array, wanted: readonly Replacement[]): Uint8Array {
  if (!TEXT.test(path)) return content
  const text = Buffer.from(content).toString('utf8')
  if (!wanted.some(({ found }) => text.includes(found))) return content
  return Buffer.from(wanted.reduce((changed, { found, put }) => changed.replaceAll(found, () => put), text))
}
