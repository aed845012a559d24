/**
 * What pages can give each other over a port, and Node has not got. `src/topology.ts` brings the contracts between pages
 * into the programs of main and of utility processes, which are to know these names and no more of a page.
 */
interface OfPages {
  readonly isOfPages: never
}

interface AudioData extends OfPages {}
interface CryptoKey extends OfPages {}
interface DOMMatrix extends OfPages {}
interface DOMMatrixReadOnly extends OfPages {}
interface DOMPoint extends OfPages {}
interface DOMPointReadOnly extends OfPages {}
interface DOMQuad extends OfPages {}
interface DOMRect extends OfPages {}
interface DOMRectReadOnly extends OfPages {}
interface EncodedAudioChunk extends OfPages {}
interface EncodedVideoChunk extends OfPages {}
interface FileList extends OfPages {}
interface FileSystemDirectoryHandle extends OfPages {}
interface FileSystemFileHandle extends OfPages {}
interface FileSystemHandle extends OfPages {}
interface ImageBitmap extends OfPages {}
interface ImageData extends OfPages {}
interface MediaSourceHandle extends OfPages {}
interface MediaStreamTrack extends OfPages {}
interface OffscreenCanvas extends OfPages {}
interface RTCCertificate extends OfPages {}
interface RTCDataChannel extends OfPages {}
interface RTCEncodedAudioFrame extends OfPages {}
interface RTCEncodedVideoFrame extends OfPages {}
interface VideoFrame extends OfPages {}
