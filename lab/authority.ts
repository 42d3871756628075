import type { Authority } from "../engine/model/authority";

/** Whom every device in the house believes. Its key was made offline and stays there: docs/certificates.md. */
export const authority: Authority = {
  roots: [
    `-----BEGIN CERTIFICATE-----
MIIBtTCCAVygAwIBAgIUbI/kHYtalnvS2qR0UP+T/LF0mFwwCgYIKoZIzj0EAwIw
JzEPMA0GA1UECgwGaGVhcnRoMRQwEgYDVQQDDAtoZWFydGggcm9vdDAeFw0yNjEx
MjUyMjI2MzFaFw00NjExMjAyMjI2MzFaMCcxDzANBgNVBAoMBmhlYXJ0aDEUMBIG
A1UEAwwLaGVhcnRoIHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARqjmdX
A9If0JlkF35tM8zBp/pY6FKe2fqs0S9T8V8EGmobuPi+hTDhdd46RZRaO0YXl4di
RVf8aqAT7oj7QuFfo2YwZDAdBgNVHQ4EFgQUtoIZsDNeioiK0Tf2Jb0dJ1HPM7cw
HwYDVR0jBBgwFoAUtoIZsDNeioiK0Tf2Jb0dJ1HPM7cwEgYDVR0TAQH/BAgwBgEB
/wIBATAOBgNVHQ8BAf8EBAMCAQYwCgYIKoZIzj0EAwIDRwAwRAIgVLDkKHAm1dGx
6nFjGYokSrrh35I3pm/NxQUpUe4ULskCIEOv01yN/NNFRaaBO4b61Aqw24sbWL0C
D9tIePTSfiX1
-----END CERTIFICATE-----
`,
  ],
};
