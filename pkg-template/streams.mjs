// Uploads that are signed while they are sent: with the signer of any other entry, whose module it uses.

export { uploadInParts } from 'gatesign-streams/multipart.ts'
export { signChunks, signStream } from 'gatesign-streams/uploads.ts'
