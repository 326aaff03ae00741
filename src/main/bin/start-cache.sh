# Sourced by the launcher: the start-up cache (JEP 483, 514). The Java machine does not notice when a
# jar behind a cache changes and runs the old classes, so the cache's name holds a hash of every jar,
# of the Java build and of the flags; what has another name is never used.

# Where caches are kept: beside the distribution, else in the person's cache.
cache_folder() {
  if mkdir -p "$home/cache" 2>/dev/null && [ -w "$home/cache" ]; then
    echo "$home/cache"
  else
    echo "${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/usher"
  fi
}

digest() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum
  else
    shasum -a 256
  fi | cut -c1-32
}

# The hash of all jars. Reading 40 MB takes longer than starting, so it is remembered for as long as
# no inode, size, change or modification time differs; a replaced file has another change time.
jars_hash() {
  seen=$(stat -c '%n %i %s %.9Y %.9Z' "$home"/lib/*.jar 2>/dev/null || true)
  remembered=$folder/jars
  if [ -n "$seen" ] && [ -r "$remembered" ] && [ "$(sed 1d "$remembered")" = "$seen" ]; then
    head -n 1 "$remembered"
    return
  fi
  hash=$(for jar in "$home"/lib/*.jar; do echo "$jar"; digest <"$jar"; done | digest)
  if [ -n "$seen" ] && mkdir -p "$folder" 2>/dev/null; then
    { echo "$hash"; echo "$seen"; } >"$remembered.$$" && mv -f "$remembered.$$" "$remembered"
  fi
  echo "$hash"
}

# Sets $cache to the file of exactly these jars, this Java and these flags.
name_cache() {
  folder=$(cache_folder)
  cache=$folder/$({
    jars_hash
    cat "$JAVA_HOME/release"
    uname -m
    echo "$flags"
  } | digest).aot
}

# Starts in a folder of its own and plays a few requests.
warm_up() {
  # shellcheck disable=SC2086
  "$JAVA_HOME/bin/java" $flags "$@" -cp "$classpath" dev.usher.Main dev --warm-up \
    --data "$work/data" --http-port 0 --https-port 0 --management-port 0 >"$work/log" 2>&1
}

# Records a start and makes the cache of it: a second start, since what only the first one needs (to
# make a database and certificates) would be loaded by every start.
make_cache() {
  work=$folder/making.$$
  rm -rf "$work"
  mkdir -p "$work"
  if warm_up && warm_up -XX:AOTCacheOutput="$work/aot" && [ -s "$work/aot" ]; then
    find "$folder" -maxdepth 1 -name '*.aot' -exec rm -f {} +
    mv -f "$work/aot" "$cache"
    made=0
  else
    echo "usher: no start-up cache could be made:" >&2
    tail -n 3 "$work/log" >&2
    made=1
  fi
  rm -rf "$work"
  return $made
}
