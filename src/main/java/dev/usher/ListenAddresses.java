package dev.usher;

import dev.usher.config.Config;
import dev.usher.http.Origins;
import dev.usher.http.ServerSettings;
import dev.usher.http.ServerSettings.Listener;
import dev.usher.http.Tls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the server listens, and which origins it has on this machine because of that. */
record ListenAddresses(Config config, boolean development) {

    /** For requests; in development mode in plain and by TLS, in production by one of them. */
    List<Listener> main(@Nullable Tls tls) {
        List<String> hosts = hosts();
        List<Listener> wanted = new ArrayList<>();
        if (development || tls == null) {
            wanted.add(new Listener(hosts, config.httpPort(), null));
        }
        if (tls != null) {
            wanted.add(new Listener(hosts, config.httpsPort(), tls));
        }
        return wanted;
    }

    /** For health and metrics. */
    Listener management() {
        String host = config.managementHost();
        List<String> hosts = host == null ? ServerSettings.loopback() : List.of(host);
        return new Listener(hosts, config.managementPort(), null);
    }

    private List<String> hosts() {
        String host = config.host();
        List<String> loopback = ServerSettings.loopback();
        if (host == null) {
            return loopback;
        }
        if (!development || wildcard(host) || loopback.contains(host)) {
            return List.of(host);
        }
        List<String> hosts = new ArrayList<>(loopback);
        hosts.add(host);
        return hosts;
    }

    private static boolean wildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
    }

    /** The names of this machine, with the ports that were taken. */
    List<String> localOrigins(int plainPort, int tlsPort) {
        List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1", "[::1]"));
        String host = config.host();
        if (host != null && !wildcard(host) && !names.contains(host)) {
            names.add(host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]");
        }
        List<String> local = new ArrayList<>();
        for (String name : names) {
            local.add("http://" + name + ":" + plainPort);
            local.add("https://" + name + ":" + tlsPort);
        }
        return Origins.of(local).all();
    }
}
