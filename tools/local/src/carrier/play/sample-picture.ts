import type { MediaFile } from '../media-shelf.ts'

const PNG = [
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAkklEQVR42u3Zyw2AQAwDUVdAodyphAa50QYdwP4kHGukFDDvtslq',
  '24/SIwAAAAAAAGDFnNfdOxaAge61Ev2bPs+QQ/oMQz7pYwwZ1ncZ5FnfbpBtfaNBzvUtBpnXfxqiASb17wYAAAAAAACAp4QxoPxr',
  'NGEfSNjIEnbihKtEwl0o5DIXchsNuU7zwQEAAAAAtQEPeNy8QesFPmsAAAAASUVORK5CYII=',
].join('')

/** A picture for scripts: 64 by 48 pixels, PNG. */
export const samplePicture: MediaFile = { contentType: 'image/png', bytes: Buffer.from(PNG, 'base64') }
