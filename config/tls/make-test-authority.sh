#!/bin/sh
# Makes an authority and certificates for trials with config/tls/turnout.yaml and the simulators beside it. Not for
# production: the authority's key lies beside the certificates, without a passphrase.
#   config/tls/make-test-authority.sh DIRECTORY
set -eu
directory=${1:?usage: make-test-authority.sh DIRECTORY}
umask 077
mkdir -p "$directory"
cd "$directory"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 \
    -subj "/O=Turnout test/CN=Turnout test authority" -keyout authority.key -out authority.pem 2>/dev/null

# certify NAME SUBJECT-ALTERNATIVE-NAMES
certify() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/O=Turnout test/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=%s\n' "$2" > "$1.ext"
    openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 90 \
        -extfile "$1.ext" -out "$1.pem" 2>/dev/null
    rm "$1.csr" "$1.ext"
}

certify switch 'DNS:localhost,IP:127.0.0.1'
certify bank-a 'DNS:localhost,IP:127.0.0.1'
certify acquirer-one 'URI:urn:turnout:acquirer:1'
ls -- *.pem
