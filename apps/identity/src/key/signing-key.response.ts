/** A public key (RFC 7517) that verifies access tokens. */
export class JwkResponse {
  kid: string;
  kty: string;
  crv: string;
  x: string;
  y: string;
  alg: string;
  use: string;
}

export class JwksResponse {
  keys: JwkResponse[];
}

export class SigningKeyResponse {
  /** Id of the key that signs from now on. */
  kid: string;
}
