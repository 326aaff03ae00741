package dev.usher.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection that explains each statement instead of carrying it out: what a room of the store
 * asks, with the values that it binds, is planned exactly so, and answered with nothing.
 */
final class Explained {

    private final Connection real;
    private final String prefix;
    private final int column;
    private final List<String> plans = new ArrayList<>();

    /**
     * @param prefix what turns a statement into one that answers its plan
     * @param column where a row of the plan has its text
     */
    Explained(Connection real, String prefix, int column) {
        this.real = real;
        this.prefix = prefix;
        this.column = column;
    }

    Connection connection() {
        return (Connection)
                proxy(
                        Connection.class,
                        (proxy, method, arguments) ->
                                method.getName().equals("prepareStatement")
                                        ? statement((String) arguments[0])
                                        : call(real, method, arguments));
    }

    /** The lines of all plans since the last call. */
    List<String> plans() {
        List<String> taken = List.copyOf(plans);
        plans.clear();
        return taken;
    }

    private Object statement(String sql) throws SQLException {
        PreparedStatement explaining = real.prepareStatement(prefix + " " + sql);
        return proxy(
                PreparedStatement.class,
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "executeQuery" -> {
                                explain(explaining);
                                yield nothing();
                            }
                            case "executeUpdate" -> {
                                explain(explaining);
                                yield 1;
                            }
                            default -> call(explaining, method, arguments);
                        });
    }

    private void explain(PreparedStatement explaining) throws SQLException {
        try (ResultSet rows = explaining.executeQuery()) {
            while (rows.next()) {
                plans.add(rows.getString(column));
            }
        }
    }

    private ResultSet nothing() throws SQLException {
        return real.createStatement().executeQuery("select 1 where 1 = 0");
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(
                Explained.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
