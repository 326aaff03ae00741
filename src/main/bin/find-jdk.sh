# Sourced by the launchers: find_jdk TOOL prints the home of the first Java of at least $needed
# that has bin/TOOL (java or javac), or nothing; no_jdk says how to get one, and exits 2.

needed=25

find_jdk() {
  tool=$1
  on_path=$(command -v "$tool" 2>/dev/null || true)
  if [ -n "$on_path" ]; then
    on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
    on_path=${on_path%/bin/"$tool"}
  fi
  mac=
  if [ -x /usr/libexec/java_home ]; then
    mac=$(/usr/libexec/java_home -v "$needed+" 2>/dev/null || true)
  fi
  for candidate in "${JAVA_HOME:-}" "$on_path" "$mac" /usr/lib/jvm/* /opt/*; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/$tool" ] \
      && [ "$(java_version "$candidate")" -ge "$needed" ]; then
      echo "$candidate"
      return
    fi
  done
}

# The major version of the Java in that home; 8 for anything older.
java_version() {
  version=
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  fi
  echo "${version:-8}"
}

no_jdk() {
  echo "usher: no Java $needed or newer found in JAVA_HOME, PATH, /usr/lib/jvm or /opt." >&2
  echo "Get a JDK from your system's packages (such as openjdk-$needed-jdk-headless) or from" >&2
  echo "https://adoptium.net, and set JAVA_HOME to where it is." >&2
  exit 2
}
