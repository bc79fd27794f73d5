# Certificates of one run, and the files by which programs use them.

certificate() { # name, subject, alternative names
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "$2" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -out "$1.crt" -days 7 \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3") 2>/dev/null
}

authority() {
  openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=portico-e2e -days 7 2>/dev/null
  openssl genrsa -out sa.key 2048 2>/dev/null
  openssl rsa -in sa.key -pubout -out sa.pub 2>/dev/null
}

kubeconfig() { # name of the certificate, server, file
  cat >"$3.new" <<END
apiVersion: v1
kind: Config
current-context: e2e
contexts: [{name: e2e, context: {cluster: e2e, user: $1}}]
clusters: [{name: e2e, cluster: {server: "$2", certificate-authority-data: $(base64 -w0 "$run/pki/ca.crt")}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$run/pki/$1.crt"), client-key-data: $(base64 -w0 "$run/pki/$1.key")}}]
END
  mv "$3.new" "$3"
}
